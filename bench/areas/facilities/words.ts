export const usd = (value: number) => `$${Math.round(value).toLocaleString("en-US")}`;
export const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
