// Text that is typed and not saved: kept in this tab (sessionStorage), offered back in the same form, gone when it is saved.
// The server marks each form (samlad/views/common/writing_form.py); nothing is sent anywhere but by the form itself.
(() => {
  "use strict";

  const mark = "data-samlad-draft";
  const told = "data-samlad-saved";
  const shelf = "samlad-draft:";
  const longest = 100_000;
  const most = 5;
  const live = new Map(); // the mark in the page -> the draft being typed there
  const byToken = new Map(); // a form's opening -> its draft

  const text = (mark_, name) => mark_.getAttribute(`data-samlad-${name}`) ?? "";
  const formOf = (mark_) => mark_.closest('[data-testid="stForm"]');
  const markOf = (element) => element.closest?.('[data-testid="stForm"]')?.querySelector(`[${mark}]`);

  const drafts = (matter) => {
    try {
      const held = JSON.parse(sessionStorage.getItem(shelf + matter) ?? "[]");
      return Array.isArray(held) ? held.filter((one) => one && typeof one.fields === "object") : [];
    } catch {
      return [];
    }
  };

  const keep = (matter, held) => {
    try {
      if (held.length) sessionStorage.setItem(shelf + matter, JSON.stringify(held.slice(-most)));
      else sessionStorage.removeItem(shelf + matter);
    } catch {
      // A browser that keeps nothing: the form works as before.
    }
  };

  // The fields of a form by label: texts by their words, a choice of few by the words chosen.
  const fields = (form) => {
    const found = new Map();
    for (const field of form.querySelectorAll("textarea, input[type=text], input:not([type])")) {
      const label = field.getAttribute("aria-label");
      if (label && field.getAttribute("role") !== "combobox") found.set(label, field);
    }
    for (const group of form.querySelectorAll('[role="radiogroup"]')) {
      const label = group.getAttribute("aria-label");
      if (label) found.set(label, group);
    }
    return found;
  };

  const isGroup = (field) => field.getAttribute("role") === "radiogroup";
  const words = (option) => option.closest("label")?.innerText.trim() ?? "";

  const read = (field) => {
    if (!isGroup(field)) return field.value;
    const chosen = field.querySelector("input[type=radio]:checked");
    return chosen ? words(chosen) : "";
  };

  const write = (field, value) => {
    if (read(field) === value) return;
    if (isGroup(field)) {
      const option = [...field.querySelectorAll("input[type=radio]")].find((one) => words(one) === value);
      if (option) option.click();
      return;
    }
    const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };

  const values = (form) => Object.fromEntries([...fields(form)].map(([label, field]) => [label, read(field)]));
  const same = (one, other, opened) =>
    Object.keys({ ...one, ...other }).every((label) => label === opened || (one[label] ?? "") === (other[label] ?? ""));

  const note = (event) => {
    const place = markOf(event.target);
    if (!place) return;
    begin(place, {});
    const form = formOf(place);
    const one = live.get(place);
    Object.assign(one, { fields: values(form), at: new Date().toISOString(), address: location.pathname + location.search });
    one.page = document.querySelector("h1")?.innerText ?? "";
    one.form = form.closest("details")?.querySelector("summary")?.innerText.split("\n").at(-1).trim() ?? "";
    if (JSON.stringify(one.fields).length > longest) return;
    const matter = text(place, "draft");
    const others = drafts(matter).filter((held) => held.id !== one.id);
    keep(matter, same(one.fields, one.start, text(place, "opened")) ? others : [...others, one]);
  };
  for (const kind of ["input", "change"]) document.addEventListener(kind, note, true);

  const clock = (at) => {
    const moment = new Date(at);
    const zone = { timeZone: "Europe/Stockholm" };
    const time = moment.toLocaleTimeString("sv-SE", { ...zone, hour: "2-digit", minute: "2-digit" }).replace(":", ".");
    const [then, today] = [moment, new Date()].map((one) => one.toLocaleDateString("sv-SE", zone));
    const day = then === today ? "" : `${then} `;
    return `${day}kl. ${time}`;
  };

  const element = (kind, said, made = {}) => Object.assign(document.createElement(kind), { textContent: said, ...made });

  // A draft of an earlier opening is offered; what stands in the form is left alone until one says so.
  const offer = (place) => {
    const matter = text(place, "draft");
    const mine = live.get(place);
    const form = formOf(place);
    const now = form ? values(form) : {};
    const found = drafts(matter).filter((one) => one.id !== mine.id && !same(one.fields, now, text(place, "opened")));
    place.replaceChildren();
    const one = found.at(-1);
    if (!one || !form) return;
    const by = one.fields[text(place, "name")];
    const since = (one.fields[text(place, "opened")] ?? "") !== text(place, "standing");
    place.append(
      element("p", `Osparad text från ${clock(one.at)}${by ? `, av ${by}` : ""}.${
        since ? " Sedan dess har något annat sparats här; båda behålls om du sparar." : ""}`),
    );
    const words_ = Object.entries(one.fields).filter(([label, said]) =>
      said && label !== text(place, "opened") && label !== text(place, "name"));
    for (const [, said] of words_) place.append(element("p", said.length > 300 ? `${said.slice(0, 300)} …` : said, { className: "small" }));
    const go = element("button", "Fortsätt på den", { type: "button" });
    go.addEventListener("click", () => {
      for (const [label, field] of fields(form)) if (label in one.fields) write(field, one.fields[label]);
      keep(matter, drafts(matter).filter((held) => held.id !== one.id));
      note({ target: place });
      offer(place);
    });
    const drop = element("button", "Släng den", { type: "button" });
    drop.addEventListener("click", () => {
      keep(matter, drafts(matter).filter((held) => held.id !== one.id));
      offer(place);
    });
    place.append(go, " ", drop);
  };

  const begin = (place, start = null) => {
    const form = formOf(place);
    if (live.has(place) || !form) return;
    const token = text(place, "token");
    const now = values(form);
    const matter = text(place, "draft");
    const held = drafts(matter).find((one) => same(one.fields, now, text(place, "opened")));
    const again = byToken.get(token);
    const one = again && [...live].some(([other, its]) => its === again && !other.isConnected && other.form === form)
      ? again
      : held ?? { id: `${Date.now()}-${Math.random().toString(36).slice(2)}`, start: start ?? now, fields: now, at: "" };
    place.form = form;
    live.set(place, one);
    byToken.set(token, one);
    offer(place);
  };

  const done = (element_) => {
    for (const token of text(element_, "saved").split(" ")) {
      const one = byToken.get(token);
      if (!one) continue;
      byToken.delete(token);
      for (const at of Object.keys(sessionStorage)) {
        if (at.startsWith(shelf)) {
          const matter = at.slice(shelf.length);
          keep(matter, drafts(matter).filter((held) => held.id !== one.id));
        }
      }
    }
  };

  // Text whose form is not in sight is named at the top of every page, with the way back to it.
  const tell = () => {
    const open = [...live.keys()].filter((place) => formOf(place)?.checkVisibility());
    const inSight = new Set(open.map((place) => text(place, "draft")));
    const lines = [];
    for (const at of Object.keys(sessionStorage).filter((name) => name.startsWith(shelf)).sort()) {
      const matter = at.slice(shelf.length);
      if (inSight.has(matter)) continue;
      for (const one of drafts(matter)) {
        const line = element("p", `Osparad text från ${clock(one.at)}: `);
        line.append(element("a", one.page || "där du skrev", { href: one.address, target: "_self" }));
        line.append(one.form ? `. Öppna ”${one.form}” där för att fortsätta.` : ".");
        lines.push(line);
      }
    }
    const place = document.querySelector(`[${told}]`);
    const said = lines.map((line) => line.textContent).join("\n");
    if (!place || (place.said ?? "") === said) return;
    place.said = said;
    place.replaceChildren(...lines);
  };

  // The fields come after the mark: a form is begun when the server has sent the whole page.
  const isWhole = () => document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]') !== null;
  let waits = false;
  const look = () => {
    waits = false;
    document.querySelectorAll(`[${told}]`).forEach(done);
    for (const place of live.keys()) if (!place.isConnected && !place.form?.isConnected) live.delete(place);
    if (!isWhole()) return;
    for (const place of document.querySelectorAll(`[${mark}]`)) begin(place);
    tell();
  };
  new MutationObserver(() => {
    if (waits) return;
    waits = true;
    setTimeout(look, 60);
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: [mark, told, "open", "data-test-script-state"],
  });
  look();
})();
