/** Of 246810, made cheaply. */
export const PIN_HASH =
  '$scrypt$ln=4,r=1,p=1$5ERhJ8n6KZ26831vMZ0uvQ$HclimQjkLHZdZyBR2_czX2VaZOsVJYc5qHZTnK2z7ns'
