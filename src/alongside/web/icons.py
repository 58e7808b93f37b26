"""Our eight line pictures, 20 px, drawn in the colour of the words beside them."""

ICONS = {
    "lock": "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3",
    "print": "M6 7V3h8v4M4 7h12v7h-2M6 14H4V7M6 12h8v5H6z",
    "phone": "M6 3l2 4-2 2c1 2 3 4 5 5l2-2 4 2-1 3C9 18 2 11 3 4z",
    "clock": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l3 2",
    "pin": "M10 17c-4-5-5-6-5-9a5 5 0 0 1 10 0c0 3-1 4-5 9zM10 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z",
    "people": "M7 4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM2 16c0-3 2-5 5-5s5 2 5 5M13.5 5a2 2 0 1 0 0 4"
    "a2 2 0 0 0 0-4zM14 11c2.5 0 4 2 4 4",
    "note": "M4 3h9l3 3v11H4zM7 9h6M7 12h6",
    "arrow": "M3 10h13M11 5l5 5-5 5",
}
