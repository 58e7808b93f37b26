// Our own polygons and numbered pins; no picture of streets is fetched from anyone.
import { LngLatBounds, Map, Marker, NavigationControl, setWorkerUrl } from "maplibre-gl";

const EMPTY = { type: "FeatureCollection", features: [] };

async function fetched(address) {
  if (!address) return EMPTY;
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error("the map's data did not arrive");
  return answer.json();
}

function look(areas) {
  return {
    version: 8,
    sources: { areas: { type: "geojson", data: areas } },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": "#ffffff" } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": "#e4efed" } },
      { id: "edges", type: "line", source: "areas", paint: { "line-color": "#5f8988", "line-width": 1 } },
    ],
  };
}

function* corners(coordinates) {
  if (typeof coordinates[0] === "number") yield coordinates;
  else for (const part of coordinates) yield* corners(part);
}

function around(collections) {
  const bounds = new LngLatBounds();
  for (const { features } of collections) {
    for (const { geometry } of features) for (const corner of corners(geometry.coordinates)) bounds.extend(corner);
  }
  return bounds;
}

function pin(feature, order) {
  const mark = document.createElement("div");
  mark.className = "app-map__pin";
  mark.textContent = feature.properties?.number ?? order + 1;
  return mark;
}

// Names are elements of ours: the map library would fetch the letters that it draws from elsewhere.
function nameOf(words) {
  const mark = document.createElement("div");
  mark.className = "app-map__name";
  mark.textContent = words;
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

function over(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function within(one, whole) {
  return one.left >= whole.left && one.right <= whole.right && one.top >= whole.top && one.bottom <= whole.bottom;
}

// A name that would lie over a pin, another name or the edge is not shown until there is room for it.
function apart(names, canvas) {
  const taken = [...canvas.querySelectorAll(".app-map__pin")].map((mark) => mark.getBoundingClientRect());
  for (const mark of names) {
    const box = mark.getBoundingClientRect();
    const free = within(box, canvas.getBoundingClientRect()) && !taken.some((other) => over(box, other));
    mark.classList.toggle("app-map__name--hidden", !free);
    if (free) taken.push(box);
  }
}

function* points(geometry) {
  if (geometry.type === "Point") yield geometry.coordinates;
  else if (geometry.type === "MultiPoint") yield* geometry.coordinates;
}

function only(features, wanted) {
  return { type: "FeatureCollection", features: features.filter(({ geometry }) => wanted.test(geometry.type)) };
}

// One answer may hold both, outlines and points, so that one look at a child's places asks the server once.
export async function draw(canvas, { areas, pins, worker, name }) {
  setWorkerUrl(worker);
  const asked = await Promise.all([fetched(areas), fetched(pins)]);
  const found = asked.flatMap(({ features }) => features);
  const named = found.filter(({ properties }) => properties?.name);
  const [land, places] = [only(found, /Polygon$/), only(found.filter((one) => !named.includes(one)), /Point$/)];
  const bounds = around(places.features.length ? [places] : [land]);
  const map = new Map({
    container: canvas,
    style: look(land),
    attributionControl: false,
    bounds: bounds.isEmpty() ? undefined : bounds,
    fitBoundsOptions: { padding: 48, maxZoom: 14 },
    fadeDuration: 0,
    cooperativeGestures: true,
    locale: { "Map.Title": name },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.dragRotate.disable();
  places.features.forEach((feature, order) => {
    for (const place of points(feature.geometry)) new Marker({ element: pin(feature, order) }).setLngLat(place).addTo(map);
  });
  const names = named.map(({ properties, geometry }) => {
    const element = nameOf(properties.name);
    new Marker({ element }).setLngLat(geometry.coordinates).addTo(map);
    return element;
  });
  map.on("moveend", () => apart(names, canvas));
  await new Promise((done, failed) => {
    map.once("idle", done);
    map.once("error", ({ error }) => failed(error));
  });
  apart(names, canvas);
  canvas.dataset.drawn = "yes";
}
