// The time as our pages say it: "1:12am", "midnight", "noon".
export function timeInWords(moment) {
  const hour = moment.getHours();
  const minute = String(moment.getMinutes()).padStart(2, "0");
  if (minute === "00" && hour === 0) return "midnight";
  if (minute === "00" && hour === 12) return "noon";
  const minutes = minute === "00" ? "" : `:${minute}`;
  return `${hour % 12 || 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}
