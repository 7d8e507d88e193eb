// Whoever comes back from giving says so to this device alone: what follows # is never sent.
const gave = /^#gave-(once|monthly|annual|stopped)$/.exec(location.hash)?.[1];
if (gave && !state.hidden) {
  state.gave = { stopped: "lapsed", once: "once" }[gave] || "recurring";
  state.quiet.gave = gave == "stopped" ? today : gave == "once" ? day(deck.gave) : "9999-12-31";
  keep();
  history.replaceState(null, "", location.pathname);
}
