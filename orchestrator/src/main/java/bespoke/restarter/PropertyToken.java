package bespoke.restarter;

/// What stands between `%{` and `}`.
///
/// @param property `group/property`, a property of the group `application`, or a full property FMRI
/// @param separator between the values of a list
/// @param form what happens when the property is set and when it is not
/// @param text what stands behind the operator, or empty
record PropertyToken(String property, String separator, Form form, String text) {

  /// The operator, as in the shell's parameter expansion.
  enum Form {
    /// `%{p}`: fails when there is no such property.
    PLAIN,
    /// `%{p:-text}`: the text when it is not set or empty.
    DEFAULT,
    /// `%{p:+text}`: the text when it is set and not empty, else nothing.
    IF_SET,
    /// `%{p:?message}`: fails with the message when it is not set or empty.
    REQUIRED
  }

  /// Reads the inside of a token.
  ///
  /// @throws TokenException if no property is named
  static PropertyToken parse(String body) throws TokenException {
    int operator = operatorIndex(body);
    String spec = operator < 0 ? body : body.substring(0, operator);
    String text = operator < 0 ? "" : body.substring(operator + 2);
    Form form =
        operator < 0
            ? Form.PLAIN
            : switch (body.charAt(operator + 1)) {
              case '-' -> Form.DEFAULT;
              case '+' -> Form.IF_SET;
              default -> Form.REQUIRED;
            };
    String separator = " ";
    if (spec.endsWith(",") || spec.endsWith(":")) {
      separator = spec.substring(spec.length() - 1);
      spec = spec.substring(0, spec.length() - 1);
    }
    if (spec.isEmpty()) {
      throw new TokenException("cannot parse \"%{" + body + "}\": it names no property");
    }
    return new PropertyToken(spec, separator, form, text);
  }

  private static int operatorIndex(String body) {
    for (int i = 0; i + 1 < body.length(); i++) {
      if (body.charAt(i) == ':' && "-+?".indexOf(body.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
