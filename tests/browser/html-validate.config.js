// What html-validate judges: its recommended rules, but for those named here with the reason.
export default {
  extends: ['html-validate:recommended'],
  rules: {},
};
