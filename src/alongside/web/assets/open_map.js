// "Show the map" fetches the map's script and style only when pressed. The numbered list stays where it is.
function addStyle(address) {
  if (document.querySelector(`link[href="${address}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
}

async function open(map, button) {
  const canvas = map.querySelector("[data-map-canvas]");
  const said = map.querySelector("[data-map-said]");
  button.disabled = true;
  said.textContent = "Loading…";
  try {
    addStyle(map.dataset.style);
    const { draw } = await import(map.dataset.script);
    canvas.hidden = false;
    await draw(canvas, map.dataset);
    said.textContent = "The map is shown. The list has the same places.";
    // The still picture stays for paper; two maps of one place on a screen would be one too many.
    map.querySelector("figure")?.classList.add("app-paper-only");
    button.remove();
  } catch {
    canvas.hidden = true;
    button.disabled = false;
    said.textContent = "We could not show the map. The list has the same places.";
  }
}

export function openMaps(part) {
  part.querySelectorAll("[data-map]").forEach((map) => {
    const button = map.querySelector("[data-map-open]");
    if (!button?.hidden) return;
    button.hidden = false;
    button.addEventListener("click", () => open(map, button));
  });
}
