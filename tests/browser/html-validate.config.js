// What html-validate judges: its recommended rules, but for those named here with the reason.
export default {
  extends: ['html-validate:recommended'],
  rules: {
    // A trigger is a whole sentence, and its page is called by it.
    'long-title': ['error', { maxlength: 140 }],
    // The checkboxes of a group share their name: together they are one field.
    'form-dup-name': ['error', { shared: ['checkbox', 'radio', 'submit', 'button', 'reset'] }],
  },
};
