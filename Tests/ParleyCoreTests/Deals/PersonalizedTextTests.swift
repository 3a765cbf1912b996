import Testing

@testable import ParleyCore

@Suite("Personalized text")
struct PersonalizedTextTests {
  private static let ada = PersonalizationValues(
    name: PersonName(first: "Ada", last: "King"), email: "ada@example.com", phone: "+44 20 7946 0991",
    jobTitle: "Head of Coffee", accountName: "Analytical Cafés", accountURL: "https://cafes.example")

  @Test(
    "every tag stands for what it names",
    arguments: [
      ("%FIRSTNAME%", "Ada"), ("%LASTNAME%", "King"), ("%FULLNAME%", "Ada King"),
      ("%EMAIL%", "ada@example.com"),
      ("%PHONE%", "+44 20 7946 0991"), ("%CONTACT_JOBTITLE%", "Head of Coffee"),
      ("%ACCT_NAME%", "Analytical Cafés"),
      ("%ACCT_URL%", "https://cafes.example"), ("%fullname%", "Ada King"),
      ("%Acct_Name%", "Analytical Cafés"),
      ("Two grinders for %FIRSTNAME% of %ACCT_NAME%", "Two grinders for Ada of Analytical Cafés"),
      ("%FIRSTNAME%%LASTNAME%", "AdaKing"), ("%FIRSTNAME%'s bar, %EMAIL%.", "Ada's bar, ada@example.com."),
    ])
  func known(typed: String, expected: String) {
    #expect(PersonalizedText(typed).resolved(with: Self.ada) == expected)
    #expect(PersonalizedText(typed).unknownTags.isEmpty)
  }

  @Test(
    "a percent sign that begins no tag is text",
    arguments: [
      "100% arabica", "50%", "%", "%%", "%%%", "% FIRSTNAME %", "5% to 7% more", "5%to 7%", "5%off or 7%more",
      "%FIRSTNAME", "FIRSTNAME%", "%1ST%", "%É%", "%FIRST NAME%", "%_X%", "10%–20%",
    ])
  func percentSigns(typed: String) {
    let text = PersonalizedText(typed)
    #expect(text.segments == [.text(typed)])
    #expect(text.unknownTags.isEmpty)
    #expect(text.resolved(with: Self.ada) == typed)
  }

  @Test(
    "a percent sign before a tag leaves the tag whole",
    arguments: [
      ("%%FIRSTNAME%%", "%Ada%"), ("100%%FIRSTNAME%", "100%Ada"), ("5% %FIRSTNAME%", "5% Ada"),
      ("%FIRST%FIRSTNAME%", "%FIRST%FIRSTNAME%"),
    ])
  func besideTags(typed: String, expected: String) {
    #expect(PersonalizedText(typed).resolved(with: Self.ada) == expected)
  }

  @Test("unknown tags are named once each, in order, and stay as they are written")
  func unknown() {
    let text = PersonalizedText("%SURNAME% and %COMPANY%, %SURNAME% of %ACCT_NAME%")
    #expect(text.unknownTags == ["SURNAME", "COMPANY"])
    #expect(text.resolved(with: Self.ada) == "%SURNAME% and %COMPANY%, %SURNAME% of Analytical Cafés")
  }

  @Test(
    "tags without a value leave no gap",
    arguments: [
      ("Grinder for %FIRSTNAME% today", "Grinder for today"), ("%FIRSTNAME% grinder", "grinder"),
      ("Grinder for %FIRSTNAME%", "Grinder for"), ("%FIRSTNAME% %LASTNAME%", ""),
      ("a %PHONE% %EMAIL% b", "a b"),
    ])
  func empties(typed: String, expected: String) {
    #expect(PersonalizedText(typed).resolved(with: PersonalizationValues()) == expected)
  }

  @Test("a value that looks like a tag is not resolved again")
  func notTwice() {
    var values = Self.ada
    values.accountName = "%EMAIL%"
    #expect(PersonalizedText("For %ACCT_NAME%").resolved(with: values) == "For %EMAIL%")
  }
}
