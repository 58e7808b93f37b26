// A part of a page that htmx fetches says when it is slow, and says in words when it could not be fetched.
// Mark the part with data-region="the timeline"; "Try again" asks for the same address again.
const SLOW_MS = 400;
const waiting = new WeakMap();

function region(event) {
  return event.detail.target?.closest("[data-region]") ?? null;
}

function sentence(words, role) {
  const line = document.createElement("p");
  line.className = "govuk-body app-loading";
  line.setAttribute("role", role);
  line.textContent = words;
  return line;
}

function stopWaiting(part) {
  const wait = waiting.get(part);
  if (!wait) return;
  clearTimeout(wait.timer);
  wait.line?.remove();
  waiting.delete(part);
}

function startWaiting(part) {
  stopWaiting(part);
  const wait = {};
  wait.timer = setTimeout(() => {
    wait.line = sentence("Loading…", "status");
    part.prepend(wait.line);
  }, SLOW_MS);
  waiting.set(part, wait);
}

function sayItFailed(part, event) {
  const asked = event.detail.requestConfig;
  const code = event.detail.xhr?.getResponseHeader("X-Alongside-Code");
  const words = sentence(`We could not load ${part.dataset.region}. Nothing was changed.`, "alert");
  if (code) words.append(` Code ${code}.`);
  part.replaceChildren(words);
  if (asked?.verb === "get") {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "govuk-button govuk-button--secondary";
    again.textContent = "Try again";
    again.addEventListener("click", () => window.htmx.ajax("GET", asked.path, part));
    part.append(again);
  }
}

export function watchRegions(page) {
  page.addEventListener("htmx:beforeRequest", (event) => region(event) && startWaiting(region(event)));
  page.addEventListener("htmx:afterRequest", (event) => region(event) && stopWaiting(region(event)));
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    page.addEventListener(failure, (event) => region(event) && sayItFailed(region(event), event));
  }
}
