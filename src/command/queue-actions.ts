/** What `queue` does; apart from it, so that help and completion load none of it. */
export const queueActions = ['list', 'show', 'retry', 'suspend', 'resume', 'remove', 'export'] as const;
