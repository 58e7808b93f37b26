// A filter is open on the page as sent; on a narrow screen it folds, so the list comes first.
export function foldFilters(page) {
  if (window.matchMedia("(max-width: 46em)").matches) {
    page.querySelectorAll("details.app-filter").forEach((filter) => filter.removeAttribute("open"));
  }
}
