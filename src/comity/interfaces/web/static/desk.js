// The keys of the desk. Everything that they do the page's own links and forms do, too.
"use strict";
{
  const kept = "comity-keys";
  let on = true;
  try { on = localStorage.getItem(kept) !== "off"; } catch { /* nothing is kept here: the keys are on */ }
  for (const box of document.querySelectorAll("input[data-keys]")) {
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      try { localStorage.setItem(kept, on ? "on" : "off"); } catch { /* until the page is left */ }
    });
  }
  const rows = [...document.querySelectorAll("a[data-row]")];
  const reason = document.getElementById("reason");
  const typing = (target) => target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  const along = (step) => {
    if (rows.length) {
      const at = rows.indexOf(document.activeElement);
      rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))].focus();
      return true;
    }
    const link = document.querySelector(step > 0 ? ".around-it a[rel=next]" : ".around-it a[rel=prev]");
    if (link) link.click();
    return Boolean(link);
  };
  const focus = (element) => { if (element) { element.focus(); if (element.select) element.select(); } return Boolean(element); };
  const choose = (key) => {
    const box = document.querySelector('input[data-key="' + CSS.escape(key) + '"]');
    if (!box) return false;
    box.checked = box.type === "checkbox" ? !box.checked : true;
    box.focus();
    if (box.type === "radio") focus(key === "o" ? document.getElementById("named") : key === "c" ? document.getElementById("slot") : reason);
    return true;
  };
  const keys = {
    j: () => along(1), k: () => along(-1), r: () => focus(reason),
    u: () => focus(document.querySelector("input[data-undo]")), q: () => { location.href = "/review"; return true; },
  };
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (choose(event.key) || (Object.hasOwn(keys, event.key) && keys[event.key]())) event.preventDefault();
  });
}
