/**
 * Clusters of one batch. Planning reads some ten things of Azure for each with one person's token, and the computes of up to 40 workspaces of its
 * subscription: ten clusters stay within what Azure Resource Manager takes of a person in a burst (250 reads) and some ten seconds after it (25 a second).
 */
export const mostClusters = 10;

/** Clusters that are planned or decided at the same time. */
export const atOnce = 4;
