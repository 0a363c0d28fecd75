/** The NOTIFY channel on which the triggers name the table that changed. */
export const CHANNEL = 'answerphone_changed'
