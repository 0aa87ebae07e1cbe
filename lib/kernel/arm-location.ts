/** A location as ARM names it: `East US`, as people and some of Azure's answers write it, is `eastus`. */
export const armLocation = (location: string): string => location.toLowerCase().replaceAll(" ", "");
