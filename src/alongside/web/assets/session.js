// Says five minutes and one minute before the end of a session; at the end, takes the child's page off the screen.
import { timeInWords } from "./clock_words.js";
import { lastSaved } from "./drafts.js";

const MINUTE = 60000;
const SECONDS_LEFT = "X-Alongside-Session-Seconds";

function remaining(dialog) {
  return Number(dialog.dataset.session) * 1000;
}

function signedOut(dialog) {
  dialog.close();
  const main = document.querySelector("main");
  main.replaceChildren(...document.querySelector("[data-signed-out]").content.cloneNode(true).children);
  if (lastSaved()) {
    main.querySelector("[data-kept]").prepend(`Your draft from ${timeInWords(lastSaved())} is kept. `);
  }
  main.focus();
}

async function stay(dialog, plan) {
  const form = dialog.querySelector("form[data-stay]");
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok) return;
  dialog.dataset.session = await answer.text();
  dialog.close();
  plan();
}

export function watchSession(dialog) {
  if (!dialog?.showModal) return;
  let timers = [];
  const warn = (end) => {
    dialog.querySelector("[data-end]").textContent = timeInWords(end);
    dialog.querySelector("[data-when-drafting]").hidden = !lastSaved();
    // Closing first makes the second warning be read out too; focus goes back where it was when it shuts.
    if (dialog.open) dialog.close();
    dialog.showModal();
  };
  let said = false;
  const plan = () => {
    timers.forEach(clearTimeout);
    const left = remaining(dialog);
    const end = new Date(Date.now() + left);
    if (left > 5 * MINUTE) said = false;
    // What began within the last minutes is said at once, and only once.
    const ahead = [5, 1].map((minutes) => left - minutes * MINUTE).filter((wait) => wait >= 0);
    if (ahead.length < 2 && !said) ahead.push(0);
    said ||= ahead.length > 0 && left <= 5 * MINUTE;
    timers = ahead.map((wait) => setTimeout(warn, wait, end));
    timers.push(setTimeout(signedOut, left, dialog));
  };
  dialog.querySelector("form[data-stay]").addEventListener("submit", (event) => {
    event.preventDefault();
    stay(dialog, plan);
  });
  plan();
  // Whatever comes from the server moves the end of the session, here and in every other window of this browser.
  const others = new BroadcastChannel("alongside-session");
  const moved = (seconds) => {
    dialog.dataset.session = seconds;
    if (dialog.open && seconds > 300) dialog.close();
    plan();
  };
  others.addEventListener("message", (event) => moved(event.data));
  others.postMessage(dialog.dataset.session);
  document.addEventListener("htmx:afterRequest", (event) => {
    const seconds = event.detail.xhr?.getResponseHeader(SECONDS_LEFT);
    if (!seconds) return;
    moved(seconds);
    others.postMessage(seconds);
  });
}
