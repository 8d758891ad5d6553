// Completes names while they are typed. Without this the form asks the server, which answers the same.
"use strict";
for (const input of document.querySelectorAll("input[data-names]")) {
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let at = -1, asked = "", waiting = 0;
  list.id = input.id + "-names";
  list.className = "names";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names");
  said.className = "hidden";
  said.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  const box = document.createElement("span");
  box.className = "completes";
  input.replaceWith(box);
  box.append(input, list, said);

  const show = (on) => {
    list.hidden = !on;
    input.setAttribute("aria-expanded", String(on));
    if (!on) { at = -1; input.removeAttribute("aria-activedescendant"); }
  };
  const mark = (next) => {
    const rows = list.children;
    if (!rows.length) return;
    if (at >= 0) rows[at].setAttribute("aria-selected", "false");
    at = (next + rows.length) % rows.length;
    rows[at].setAttribute("aria-selected", "true");
    rows[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", rows[at].id);
  };
  const address = (id) => "/entity/" + encodeURI(id).replace(/[?#]/g, encodeURIComponent);
  // Where an entity is to be named rather than gone to, its id is put in.
  const take = (row) => {
    if (!input.hasAttribute("data-pick")) { location.href = row.dataset.address; return; }
    input.value = asked = row.dataset.id;
    show(false);
  };
  const ask = async () => {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (typed.length < 2) { show(false); return; }
    let found;
    try {
      const answer = await fetch("/api/v1/entities?limit=8&q=" + encodeURIComponent(typed));
      if (!answer.ok) return;
      found = (await answer.json()).entities;
    } catch { return; }
    if (typed !== input.value.trim()) return;
    list.replaceChildren(...found.map((each, number) => {
      const row = document.createElement("li");
      row.id = list.id + "-" + number;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.dataset.address = address(each.id);
      const name = document.createElement("bdi");
      name.textContent = each.name + (each.state && each.kind !== "state" ? ", " + each.state : "");
      const kind = document.createElement("span");
      kind.textContent = each.kind.replaceAll("_", " ") + (each.on_register ? "" : ", nothing on the register");
      row.append(name, kind);
      row.dataset.id = each.id;
      row.addEventListener("mousedown", (event) => { event.preventDefault(); take(row); });
      return row;
    }));
    at = -1;
    said.textContent = found.length ? found.length + " names" : "no name begins so";
    show(found.length > 0);
  };
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(false);
    else if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); mark(at + 1); }
    else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); mark(at - 1); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(list.children[at]); }
  });
}
