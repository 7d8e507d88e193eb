// All that this device remembers is one readable object under "tamizdat", shown on the privacy page and never sent.
// What cannot be read, or what a newer page wrote, ends the script here; then nobody is asked: see style.css.
const said = document.documentElement.dataset, deck = JSON.parse(document.getElementById("deck").text);
const day = (later) => new Date(Date.now() + later * 864e5).toISOString().slice(0, 10), today = day(0);
let kept;
said.asks = "unreadable";
try { kept = localStorage.tamizdat; } catch { /* storage is off: a new reader */ }
const state = JSON.parse(kept || '{"version":2,"quiet":{}}');
if (!(state.version < 3 && typeof state.quiet == "object")) throw said.asks;
state.version = 2;
state.seen ||= {};
const keep = () => { try { localStorage.tamizdat = JSON.stringify(state); } catch {} };
const seen = (at, days, since = day(-days)) => (state.seen[at] || []).filter((when) => when > since);
// Each says no to an ask; its name is the reason that <html data-asks> and the desk's preview show.
const refusals = {
  hidden: () => state.hidden,
  later: () => state.quiet.asks > today,
  gave: () => state.quiet.gave > today,
  closed: (ask) => state.quiet[ask.at] > today,
  often: (ask) => seen(ask.at, deck.most[1])[(ask.most || deck.most[0]) - 1],
  daily: () => Object.keys(state.seen).flatMap((at) => seen(at, 1))[deck.most[2] - 1],
};
