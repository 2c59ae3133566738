// Stands in for Next's router: notes where a page wanted to go.
export const pushed: string[] = [];

export const useRouter = () => ({ push: (path: string) => void pushed.push(path) });
