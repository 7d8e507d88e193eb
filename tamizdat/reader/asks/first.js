// The day of the first visit, kept from the first page on that needs to know.
if (!state.first && !state.hidden) {
  state.first = today;
  keep();
}
const weeks = (Date.parse(today) - Date.parse(state.first)) / 6048e5;
