/** A web address in running text, for leaving it out of what is read. Has the g flag: for replace and matchAll alone. */
export const webAddress = /(?<![\p{L}\p{N}])(?:https?:\/\/|www\.)[^\s<>"«“]+/giu;
