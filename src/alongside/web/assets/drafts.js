// A form marked data-draft saves itself through htmx; the line marked data-draft-line beside it says when.
// Nothing typed is ever touched. When the line is down it says since when, and tries again by itself.
import { timeInWords } from "./clock_words.js";

const AGAIN_MS = 15000;
const saved = new WeakMap();
let last = null;

// The moment at which a draft of this page was last saved; null where none was.
export function lastSaved() {
  return last;
}

function line(form) {
  return form.querySelector("[data-draft-line]") ?? document.querySelector("[data-draft-line]");
}

function say(form, words) {
  const place = line(form);
  if (place && place.textContent !== words) place.textContent = words;
}

function sayNotSaved(form) {
  const since = saved.get(form);
  const words = since ? `Not saved since ${timeInWords(since)}.` : "Not saved yet.";
  say(form, `${words} Keep this page open; we will try again.`);
  setTimeout(() => form.isConnected && window.htmx.trigger(form, "change"), AGAIN_MS);
}

export function watchDrafts(page) {
  // Whoever is signed out is led to the sign-in page: that saved nothing, and nothing of it belongs here.
  page.addEventListener("htmx:beforeOnLoad", (event) => {
    const { requestPath, responsePath } = event.detail.pathInfo;
    if (event.detail.elt.closest("form[data-draft]") && responsePath !== requestPath) event.preventDefault();
  });
  page.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest("form[data-draft]");
    if (!form) return;
    if (event.detail.xhr?.getResponseHeader("X-Not-Saved")) {
      say(form, "Not saved: this page was changed in another window.");
    } else if (event.detail.successful) {
      last = new Date();
      saved.set(form, last);
      say(form, `Draft saved ${timeInWords(last)}`);
    } else {
      sayNotSaved(form);
    }
  });
}
