// Decided before anything is painted, so that nothing moves: in each place stands the first ask of the deck that
// nothing refuses, and no two of those that stand before or in the text.
const picked = {};
said.asks = deck.asks.map((ask) => {
  const at = { inline: "notice", bar: "notice" }[ask.at] || ask.at;
  let name = ask.as, no = picked[at] ? "another" : !ask.always && Object.keys(refusals).find((why) => refusals[why](ask));
  if (ask.of && !no) [name, no] = wording(ask);
  if (!no) picked[at] = `${ask.at}/${name}`;
  return `${ask.at}/${ask.as} ${no || "asks"}`;
}).join("; ");
const asked = Object.values(picked).map((ask) => `[data-ask="${ask}"]`).join() || "_";
document.styleSheets[0].insertRule(`[data-ask]:not(${asked}){display:none!important}`);

// Counted are showings, not people: an ask, its wording, what happened; only at the paper's own address, and never
// where a reader does not want to be counted.
const count = (target, event, times) => {
  const ask = target.closest("[data-ask]")?.dataset.ask;
  if (ask && location.host == deck.home && !state.hidden && !navigator.globalPrivacyControl && Math.random() * times < 1)
    fetch(`${deck.to}/counts/${ask}/${event}/${times}`, { method: "POST", mode: "no-cors", credentials: "omit", keepalive: true });
};
// An ask has been shown when two fifths of it have stood in sight for a second; it may have come with a later part.
const look = () => {
  const watch = new IntersectionObserver((changes) => changes.forEach(({ target, isIntersecting }) => {
    clearTimeout(target.wait);
    if (isIntersecting) target.wait = setTimeout(() => {
      const [at] = target.dataset.ask.split("/");
      watch.unobserve(target);
      state.seen[at] = [...seen(at, 90), today];
      keep();
      count(target, "seen", deck.sample);
    }, 1e3);
  }), { threshold: .4 });
  document.querySelectorAll(asked).forEach((one) => one.wait || watch.observe(one));
};
addEventListener("DOMContentLoaded", look);
const quietly = (target, event, what, days) => {
  state.quiet[what] = day(days);
  keep();
  count(target, event, 1);
};
addEventListener("change", ({ target }) => {
  const { quiet, days } = target.dataset;
  if (quiet && target.checked) quietly(target, "close", quiet, days);
});
addEventListener("submit", ({ target }) => {
  const { when } = target.elements;
  if (when) quietly(target, "later", "asks", when.value == "three-months" ? 91 : 30);
});
addEventListener("click", ({ target }) => target.closest("a") && count(target, "click", 1));
