// What the platform and htmx leave to do: dialogs that are modal, and the keys of a list of suggestions.

/** Makes a dialog that came with a page, or by htmx, modal. Closing the latter gives the focus back to what opened it. */
function openDialogs() {
  for (const dialog of document.querySelectorAll("dialog[open]:not(:modal)")) {
    // From a menu the focus first goes back to the menu's button: a menu that is gone cannot take it later.
    document.activeElement?.closest("[popover]")?.hidePopover();
    // Not close(), whose event comes late, and would be taken for the reader's.
    dialog.removeAttribute("open");
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

/** Up and down go between a field and what it has found; what is found is said to be there. */
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const picker = step && event.target.closest(".picker");
  if (picker) {
    const stops = [picker.querySelector("[role=combobox]"), ...picker.querySelectorAll("button[role=option]")];
    const at = stops.indexOf(event.target);
    if (at >= 0) {
      event.preventDefault();
      stops[(at + step + stops.length) % stops.length].focus();
    }
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  const list = document.getElementById(event.target.id);
  if (list?.role === "listbox") {
    list.closest(".picker").querySelector("[role=combobox]").ariaExpanded = String(list.children.length > 0);
  }
});

// What is live asks again: a server that is away for a moment takes nothing from the page.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.closest?.("[data-live]") && event.detail.xhr.status >= 500) {
    event.detail.shouldSwap = false;
  }
});

document.addEventListener("click", (event) => {
  const close = event.target.closest("dialog:modal a.close");
  if (close) {
    event.preventDefault();
    close.closest("dialog").close();
  }
});
