// Asks the browser for a passkey, or to make one, and sends its answer with the form. The form shows only where a
// browser can: another way always stands beside it.
const TO_BYTES = new Set(["challenge", "id"]);

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// The question as the browser wants it: what came as letters becomes bytes again.
function question(form) {
  const asked = JSON.parse(form.dataset.question).publicKey;
  const withBytes = (thing) =>
    Object.fromEntries(Object.entries(thing).map(([key, value]) => [key, TO_BYTES.has(key) ? bytes(value) : value]));
  const whole = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) whole.user = withBytes(asked.user);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (asked[list]) whole[list] = asked[list].map(withBytes);
  }
  return { publicKey: whole };
}

function answer(credential) {
  const said = credential.response;
  const response = { clientDataJSON: text(said.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (said[part]) response[part] = text(said[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(form) {
  const said = form.querySelector("[data-passkey-said]");
  said.textContent = "Follow what your browser asks.";
  try {
    const credential = await navigator.credentials[form.dataset.passkey](question(form));
    form.querySelector("input[name$=passkey]").value = answer(credential);
    form.submit();
  } catch {
    said.textContent = "That did not work. Try again, or use another way.";
  }
}

export function offerPasskeys(page) {
  if (!window.PublicKeyCredential) return;
  for (const form of page.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
  for (const instead of page.querySelectorAll("[data-no-passkey]")) instead.hidden = true;
}
