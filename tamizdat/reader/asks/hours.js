refusals.hours = ({ hours }, now = new Date().getHours()) =>
  hours && (hours[0] <= hours[1] ? now < hours[0] || now > hours[1] : now < hours[0] && now > hours[1]);
