using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Tests.Awards;

public sealed class AwardTermsRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    public void Awards_today_for_as_long_as_the_certification_says() =>
        Assert.Equal(new AwardDates(Today, new DateOnly(2027, 11, 24)), Resolved(Terms(), Years(1)));

    [Fact]
    public void Awards_for_ever_what_never_expires() => Assert.Equal(new AwardDates(Today, null), Resolved(Terms(), null));

    [Fact]
    public void Prefers_what_is_asked_for_to_the_validity()
    {
        Assert.Equal(new AwardDates(Today, Today), Resolved(Terms(expiresOn: Today), Years(1)));
        Assert.Equal(new AwardDates(Today, null), Resolved(Terms(alwaysValid: true), Years(1)));
        Assert.Equal(new AwardDates(new DateOnly(2020, 2, 29), new DateOnly(2021, 2, 28)), Resolved(Terms(issuedOn: new DateOnly(2020, 2, 29)), Years(1)));
    }

    [Fact]
    public void Refuses_an_expiry_together_with_always_valid() =>
        Assert.Equal("expiry_given_but_always_valid", Refused(Terms(expiresOn: Today, alwaysValid: true), null));

    [Fact]
    public void Refuses_an_expiry_before_the_issue() =>
        Assert.Equal("expires_before_issued", Refused(Terms(expiresOn: Today.AddDays(-1)), null));

    [Fact]
    public void Refuses_an_expiry_beyond_the_calendar()
    {
        Assert.Equal(new DateOnly(9999, 12, 31), Resolved(Terms(issuedOn: new DateOnly(9998, 12, 31)), Years(1)).ExpiresOn);
        Assert.Equal("expiry_out_of_range", Refused(Terms(issuedOn: new DateOnly(9999, 1, 1)), Years(1)));
    }

    private static AwardTerms Terms(DateOnly? issuedOn = null, DateOnly? expiresOn = null, bool alwaysValid = false) =>
        new(issuedOn, expiresOn, alwaysValid, Association.Manual);

    private static Validity Years(int years) => Validity.TryCreate(years, ValidityUnit.Years, out var validity) ? validity : throw new InvalidOperationException();

    private static AwardDates Resolved(AwardTerms terms, Validity? validity) =>
        Assert.IsType<Outcome<AwardDates>.Done>(AwardTermsRules.Resolve(terms, validity, Today)).Value;

    private static string Refused(AwardTerms terms, Validity? validity) =>
        Assert.IsType<Outcome<AwardDates>.Rejected>(AwardTermsRules.Resolve(terms, validity, Today)).Why.Code;
}
