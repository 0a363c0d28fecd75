/** What is wrong with a backup, or with where it is to go: part of the catalogue in errors.ts. */
export const backupErrors = {
  AP_BACKUP_UNREADABLE: {
    status: 400,
    message:
      "{file} is damaged, or no backup of Answerphone's: {why}. Nothing was changed. Take another backup.",
  },
  AP_BACKUP_NEWER: {
    status: 409,
    message:
      'The backup {file} was made by Answerphone {version}, which is newer (it has "{migration}"). Update this one first.',
  },
  AP_RESTORE_NOT_EMPTY: {
    status: 409,
    message:
      'The directory {data} is not empty. Name another with --data DIR, or say --force: then what is there is moved into a folder inside of it.',
  },
} as const
