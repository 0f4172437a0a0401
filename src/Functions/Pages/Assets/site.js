// What the platform and htmx leave to do: dialogs that are modal, and the keys of a list of suggestions.

/** Makes a dialog that came with a page, or by htmx, modal. Closing the latter gives the focus back to what opened it. */
function openDialogs() {
  for (const dialog of document.querySelectorAll("dialog[open]:not(:modal)")) {
    // From a menu the focus first goes back to the menu's button: a menu that is gone cannot take it later.
    document.activeElement?.closest("[popover]")?.hidePopover();
    dialog.close();
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector("form input:not([type=hidden]):not([readonly]), form select, form textarea"))?.focus();
    dialog.addEventListener("close", () => {
      if (dialog.closest("main")) {
        location.assign(dialog.dataset.back);
      } else {
        dialog.remove();
      }
    });
  }
}

document.addEventListener("DOMContentLoaded", openDialogs);
document.addEventListener("htmx:afterSwap", openDialogs);

document.addEventListener("click", (event) => {
  const close = event.target.closest("dialog:modal a.close");
  if (close) {
    event.preventDefault();
    close.closest("dialog").close();
  }
});
