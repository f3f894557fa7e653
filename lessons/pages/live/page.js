// What every page of the book can do: it keeps its state in its link, and listens to a few keys.
"use strict";
const STATE = new URLSearchParams(location.hash.slice(1));

let writing = 0;

// The link is where a page keeps how it stands, so that it can be sent.
const keep = (name, value) => {
  if (value === null) STATE.delete(name); else STATE.set(name, value);
  clearTimeout(writing);  // once, when all is still: a browser takes few changes of its link
  writing = setTimeout(() => history.replaceState(null, "", "#" + STATE), 100);
};

// One picture for a slide; the letter P for a projector; arrow keys turn pages.
const only = [...document.querySelectorAll(".live")].find(({id}) => id === STATE.get("only"));
if (only) { document.body.classList.add("only"); only.classList.add("shown"); }
const root = document.documentElement;
root.classList.toggle("projector", STATE.has("projector"));
addEventListener("hashchange", () => { if (location.hash.includes("=")) location.reload(); });
addEventListener("keydown", event => {
  const typing = event.target.closest("input:not([type=range], [type=checkbox]), textarea, select");
  if (event.ctrlKey || event.altKey || event.metaKey || typing) return;
  if (event.key === "p" || event.key === "P") {
    keep("projector", root.classList.toggle("projector") ? 1 : null);
  }
  const next = document.querySelector(`a[rel=${{ArrowLeft: "prev", ArrowRight: "next"}[event.key]}]`);
  if (next && !event.target.closest("input, [tabindex]")) {
    next.click();
  }
});
addEventListener("click", event => {  // the projector stays on from page to page
  const link = event.target.closest("a[href$='.html']");
  if (link && STATE.has("projector")) link.hash = "projector=1";
}, true);
