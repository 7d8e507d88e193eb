refusals.hours = ({ hours: [from, to] = [0, 23] }, now = new Date().getHours()) =>
  from <= to ? now < from || now > to : now < from && now > to;
