// Articles opened on this device, a sum a day, for ninety days; none when its reader has switched that off.
state.reads ||= {};
if (deck.topics && !state.uncounted && !state.hidden) {
  const sums = (state.reads[today] ||= {}), oldest = day(-90);
  for (const what of ["all", ...deck.topics]) sums[what] = (sums[what] || 0) + 1;
  for (const past in state.reads) if (past < oldest) delete state.reads[past];
  keep();
}
const read = (what, days, since = day(-days)) => Object.entries(state.reads).reduce((sum, [on, sums]) => sum + (on > since && sums[what] || 0), 0);
const outside = (value, [least, most]) => value < least || value > most;
refusals.reads = (ask) => ask.reads?.some(([what, days, ...span]) => outside(read(what, days), span));
