// Whoever comes back from giving says so to this device alone: what follows # is never sent.
const gave = /^#gave-(once|monthly|annual|stopped)$/.exec(location.hash)?.[1];
if (gave && !state.hidden) {
  state.gave = { stopped: "lapsed", once: "once" }[gave] || "recurring";
  state.quiet.gave = gave == "monthly" || gave == "annual" ? "9999-12-31" : day(deck.gave);
  keep();
  history.replaceState(null, "", location.pathname);
}
