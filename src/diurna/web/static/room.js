// The reading room's keys and ties. Every page reads without it; nothing here makes markup from text.
"use strict";
(() => {
  const all = (what, where = document) => Array.from(where.querySelectorAll(what));
  const writing = (at) => at && at.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

  // A record and its note light up together.
  const pieces = new Map();
  for (const piece of all(".p[data-r]")) {
    for (const id of piece.dataset.r.split(" ")) {
      if (!pieces.has(id)) pieces.set(id, []);
      pieces.get(id).push(piece);
    }
  }
  const notes = new Map(all(".note").map((note) => [note.dataset.n, note]));
  const dark = () => all(".lit").forEach((one) => one.classList.remove("lit"));
  const light = (id) => {
    dark();
    (pieces.get(id) || []).forEach((one) => one.classList.add("lit"));
    const note = notes.get(id);
    if (note) note.classList.add("lit");
  };
  for (const [id, note] of notes) {
    note.addEventListener("mouseenter", () => light(id));
    note.addEventListener("focusin", () => light(id));
    note.addEventListener("mouseleave", dark);
  }
  for (const piece of all(".p[data-r]")) {
    const id = piece.dataset.r.split(" ").filter((one) => notes.has(one)).pop();
    if (!id) continue;
    piece.addEventListener("mouseenter", () => light(id));
    piece.addEventListener("mouseleave", dark);
    piece.addEventListener("click", () => notes.get(id).scrollIntoView({ block: "nearest" }));
  }

  // j and k step through records, or rows.
  let at = -1;
  const steps = notes.size ? Array.from(notes.values()) : all(".row-item");
  const step = (by) => {
    const seen = steps.filter((one) => one.offsetParent !== null);
    if (!seen.length) return;
    at = Math.max(0, Math.min(seen.length - 1, at + by));
    if (!seen[at].hasAttribute("tabindex")) seen[at].tabIndex = -1;
    seen[at].focus();
    seen[at].scrollIntoView({ block: "center" });
  };
  const open = () => {
    const row = document.activeElement && document.activeElement.closest(".row-item, .note");
    const link = row && row === document.activeElement && row.querySelector(row.matches(".gap-item") ? ".line a" : "a");
    if (link) link.click();
    return Boolean(link);
  };

  // The help sheet.
  const sheet = async () => {
    let dialog = document.querySelector("dialog");
    if (!dialog) {
      const page = new DOMParser().parseFromString(await (await fetch("/help", { headers: { Accept: "text/html" } })).text(), "text/html");
      dialog = document.createElement("dialog");
      dialog.setAttribute("aria-label", "Keys");
      dialog.append(document.importNode(page.querySelector("#keys"), true));
      const close = document.createElement("button");
      close.textContent = "Close";
      close.addEventListener("click", () => dialog.close());
      dialog.append(close);
      document.body.append(dialog);
    }
    if (dialog.open) dialog.close(); else dialog.showModal();
  };

  const go = { h: "/", g: "/gaps", v: "/review" };
  const moment = new URLSearchParams(location.search).get("as");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && writing(event.target)) { event.target.blur(); return; }
    if (writing(event.target)) return;
    const marked = all("[data-key]").find((one) => one.dataset.key.split(" ").includes(event.key));
    if (event.key === "?") sheet();
    else if (document.querySelector("dialog[open]")) return;
    else if (event.key === "/") document.getElementById("find").focus();
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "t") document.getElementById("main").focus();
    else if (event.key === "Enter") { if (!open()) return; }
    else if (marked) marked.click();
    else if (go[event.key]) location.assign(go[event.key] + (moment ? `?as=${encodeURIComponent(moment)}` : ""));
    else return;
    event.preventDefault();
  });

  document.documentElement.dataset.keys = "on";

  // PNG of a chart, drawn from its own SVG at twice its size.
  for (const link of all("a.png")) {
    link.hidden = false;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const image = new Image();
      image.addEventListener("load", () => {
        const canvas = document.createElement("canvas");
        canvas.width = 2 * image.naturalWidth;
        canvas.height = 2 * image.naturalHeight;
        const pen = canvas.getContext("2d");
        pen.fillStyle = "#fff";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => {
          const save = document.createElement("a");
          save.href = URL.createObjectURL(blob);
          save.download = `diurna-${link.closest("figure").dataset.chart.replace(/[^A-Za-z0-9]/g, "-")}.png`;
          save.click();
          setTimeout(() => URL.revokeObjectURL(save.href), 10000);
        }, "image/png");
      });
      image.src = link.href;
    });
  }
})();
