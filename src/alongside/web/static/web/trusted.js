// Asked by the browser before a script of ours may write HTML or name another script (trusted types).
if (window.trustedTypes) {
  const ours = new URL(document.currentScript.src);
  const folder = ours.origin + ours.pathname.slice(0, ours.pathname.indexOf("/web/") + 1);
  window.trustedTypes.createPolicy("default", {
    // htmx writes what this server rendered, and the content policy keeps any script in it from running.
    createHTML: (html) => html,
    // Only files that this server serves to everyone may run: the map's worker is one. Anything else is refused.
    createScriptURL: (address) => (new URL(address, document.baseURI).href.startsWith(folder) ? address : null),
  });
}
