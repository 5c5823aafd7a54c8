// Passkeys are used by the library's scripts; each form says which of them it needs and by which ids it finds its parts:
// <form data-passkey="login" data-passkey-ids='{"login": "…", "credential": "…"}'>.
for (const form of document.querySelectorAll("[data-passkey]")) {
  window.allauth.webauthn.forms[`${form.dataset.passkey}Form`]({ ids: JSON.parse(form.dataset.passkeyIds) });
}

// A passkey that was cancelled, timed out or is unknown is told as an event; a person needs a sentence.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelectorAll("[data-passkey-failed]").forEach((sentence) => (sentence.hidden = false));
});
