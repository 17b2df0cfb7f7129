/* uploads.js: how far a file has got on its way. Without this script the form is a plain one. */
for (const form of document.querySelectorAll("form[data-upload]")) {
  const bar = form.querySelector("progress");
  const status = form.querySelector("[data-upload-status]");
  const percent = form.querySelector("[data-upload-percent]");
  let request = null;

  const isUnderWay = (is) => {
    bar.hidden = !is;
    bar.value = 0;
    percent.textContent = "";
    if (!is) request = null;
  };

  /* The answer is a page, which only this request has: it says what became of the file. */
  const show = ({ responseURL, responseText }) => {
    if (responseURL !== location.href) history.pushState(null, "", responseURL);
    document.open();
    document.write(responseText);
    document.close();
    document.querySelector("main [autofocus]")?.focus();
  };

  form.addEventListener("submit", (event) => {
    if (!form.querySelector("[type=file]").files.length) return;
    event.preventDefault();
    if (request) return;
    request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = Math.floor((100 * loaded) / total);
      percent.textContent = `${bar.value} %`;
    });
    request.addEventListener("load", () => show(request));
    request.addEventListener("error", () => {
      isUnderWay(false);
      status.textContent = form.dataset.failed;
    });
    request.open("POST", form.action);
    isUnderWay(true);
    status.textContent = form.dataset.uploading;
    request.send(new FormData(form));
  });
}
