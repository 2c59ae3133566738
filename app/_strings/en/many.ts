// "1 vote", "2 votes": the plural in English.

export const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;
