// What every page may need, and no more. Without it every page still works: see each part for what it adds.
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";

import { watchDrafts } from "./drafts.js";
import { foldFilters } from "./filters.js";
import { shortenLists } from "./long_lists.js";
import { openMaps } from "./open_map.js";
import { offerPasskeys } from "./passkeys.js";
import { watchRegions } from "./regions.js";
import { watchSession } from "./session.js";

for (const part of [CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation]) {
  createAll(part);
}
foldFilters(document);
openMaps(document);
offerPasskeys(document);
shortenLists(document);
watchDrafts(document);
watchRegions(document);
watchSession(document.querySelector("[data-session]"));
document.addEventListener("htmx:load", (event) => {
  // htmx also says it of the page it found; only what came later is new here.
  if (event.detail.elt === document.body) return;
  for (const part of [CharacterCount, Checkboxes, Radios]) {
    createAll(part, undefined, event.detail.elt);
  }
  openMaps(event.detail.elt);
});
