/* Calendar days as whole numbers since 1970-01-01. */
export const DAY_MS = 86400000;

/** The day number of an ISO date, or null when the text is not a date. */
export function dayOf(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(text ?? "").trim());
  if (!parts) return null;
  const day = Date.UTC(+parts[1], parts[2] - 1, +parts[3]) / DAY_MS;
  return isoOf(day) === parts[0] ? day : null;
}

/** The ISO date of a day number; null for an open end. */
export function isoOf(day) {
  if (day === null || !Number.isFinite(day)) return null;
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The first and last day number of a window of ISO dates; an open end is infinite. */
export function daysOf([from, to]) {
  return [dayOf(from) ?? -Infinity, dayOf(to) ?? Infinity];
}

/** The same day of the month `months` later, or that month's last day where it is shorter. */
export function addMonths(day, months) {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = Date.UTC(year, month + 1, 0);
  return Math.min(Date.UTC(year, month, date.getUTCDate()), last) / DAY_MS;
}

/** The day one calendar month after `day`, less one: a month that starts on `day`. */
export function monthFrom(day) {
  const next = addMonths(day, 1);
  const shorter = new Date(next * DAY_MS).getUTCDate() < new Date(day * DAY_MS).getUTCDate();
  return shorter ? next : next - 1;
}

/** The first day of the day, week (Monday), month or year that holds `day`. */
export function unitStart(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), unit === "year" ? 0 : date.getUTCMonth(), 1) / DAY_MS;
}

/** The first day of the next unit after the one that starts on `start`. */
export function unitAfter(start, unit) {
  if (unit === "day") return start + 1;
  if (unit === "week") return start + 7;
  return addMonths(start, unit === "year" ? 12 : 1);
}
