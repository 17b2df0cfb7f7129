/* passkeys.js: what asks for a passkey appears where the browser can give one.
   The asking itself is allauth's script, which names its buttons by their ids. */
(() => {
  if (!window.PublicKeyCredential) return;
  const words = [...document.querySelectorAll("[data-passkey-error]")];
  /* The words for this fault, or those for any. */
  const say = (fault) => {
    const fitting = words.find((word) => word.dataset.passkeyError === fault) ?? words[0];
    for (const word of words) word.hidden = fault === undefined || word !== fitting;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button[type=button]");
    const { credential, passwordless } = form.elements;
    window.allauth.webauthn.forms[form.dataset.passkey]({
      ids: {
        add: button.id,
        authenticate: button.id,
        login: button.id,
        credential: credential.id,
        data: form.dataset.options,
        passwordless: passwordless?.id,
      },
    });
    button.addEventListener("click", () => say());
    /* The Enter key in a field does what the button does. */
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      button.click();
    });
    form.hidden = false;
  }
  for (const note of document.querySelectorAll("[data-passkey-missing]")) note.hidden = true;

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say(event.detail.exception.name);
  });
})();
