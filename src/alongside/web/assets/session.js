// Says five minutes and one minute before the end of a session; at the end, takes the child's page off the screen.
import { timeInWords } from "./clock_words.js";
import { lastSaved } from "./drafts.js";

const MINUTE = 60000;

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
  const plan = () => {
    timers.forEach(clearTimeout);
    const left = remaining(dialog);
    const end = new Date(Date.now() + left);
    timers = [5, 1].map((minutes) => setTimeout(warn, Math.max(0, left - minutes * MINUTE), end));
    timers.push(setTimeout(signedOut, left, dialog));
  };
  dialog.querySelector("form[data-stay]").addEventListener("submit", (event) => {
    event.preventDefault();
    stay(dialog, plan);
  });
  plan();
}
