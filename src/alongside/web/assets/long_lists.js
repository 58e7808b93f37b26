// A long list to choose from (widgets.LongSelect) is shortened by typing: what does not fit leaves it, what is chosen
// stays. Without this it is the same list, whole. What is typed is not sent: what is chosen is.

// As it is compared: each word after one space, without accents and case, so that a part fits where a word begins.
function plain(text) {
  const letters = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return ` ${letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`;
}

function partsOf(select) {
  return [...select.querySelectorAll("optgroup")].map((group) => ({
    group,
    options: [...group.children].map((option) => [option, plain(`${option.textContent} ${group.label}`)]),
  }));
}

// Takes out what does not fit, as browsers agree in removing and not in hiding; gives back what fits.
function shorten(select, parts, typed) {
  const asked = plain(typed).split(/(?= )/);
  const fits = (said) => asked.every((part) => said.includes(part));
  for (const { group, options } of parts) {
    const here = options.filter(([option, said]) => fits(said) || option.selected);
    group.replaceChildren(...here.map(([option]) => option));
    group.remove();
    if (here.length) select.append(group);
  }
  return parts.flatMap(({ options }) => options.filter(([, said]) => fits(said)).map(([option]) => option));
}

function watch(place) {
  const select = place.parentElement.querySelector("select");
  const [field, status] = [place.querySelector("input"), place.querySelector("[role=status]")];
  const parts = partsOf(select);
  const all = parts.flatMap(({ options }) => options).length;
  let left = [];
  place.hidden = false;
  field.addEventListener("input", (event) => {
    // It is no part of what is written on the page: no draft is saved for it.
    event.stopPropagation();
    const typed = field.value.trim();
    left = shorten(select, parts, typed);
    const one = left.length === 1 ? ": Enter chooses it" : "";
    status.textContent = typed ? `${left.length} of ${all} fit${one}` : "";
  });
  field.addEventListener("change", (event) => event.stopPropagation());
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (field.value.trim() && left.length === 1) {
      left[0].selected = true;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    select.focus();
  });
}

export function shortenLists(page) {
  page.querySelectorAll("[data-find-in-list]").forEach(watch);
}
