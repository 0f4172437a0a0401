using CertFunctions.Core.Awards;
using CertFunctions.Functions.Pages;
using CertFunctions.Functions.Pages.Awards;
using CertFunctions.Testing;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Tests.Pages;

/// <summary>The form shows all that an award has: what somebody means is what they changed.</summary>
public sealed class AwardEditTermsTests
{
    private static readonly DateOnly Expiry = new(2028, 11, 1);

    [Fact]
    public async Task Who_ticks_always_valid_does_not_mean_the_old_expiry_beside_it()
    {
        var (terms, errors) = await ReadAsync(Expiry, "2028-11-01", alwaysValid: true);

        Assert.Equal(((DateOnly?)null, true, true), (terms.ExpiresOn, terms.AlwaysValid, errors.IsEmpty));
    }

    [Fact]
    public async Task Who_types_an_expiry_does_not_mean_the_tick_that_was_there()
    {
        var (terms, errors) = await ReadAsync(null, "2029-01-31", alwaysValid: true);

        Assert.Equal((new DateOnly(2029, 1, 31), false, true), (terms.ExpiresOn, terms.AlwaysValid, errors.IsEmpty));
    }

    [Fact]
    public async Task Who_does_both_is_left_to_the_rules()
    {
        var (terms, _) = await ReadAsync(Expiry, "2029-01-31", alwaysValid: true);

        Assert.Equal((new DateOnly(2029, 1, 31), true), (terms.ExpiresOn, terms.AlwaysValid));
    }

    [Fact]
    public async Task What_is_no_date_is_said_beside_the_field()
    {
        var (_, errors) = await ReadAsync(Expiry, "31.1.2029", alwaysValid: false);

        Assert.StartsWith("Expiration date must be a date", errors.Of("expiresOn"), StringComparison.Ordinal);
        Assert.Null(errors.Of("issuedOn"));
    }

    private static async Task<(AwardTerms Terms, FieldErrors Errors)> ReadAsync(DateOnly? expiresOn, string typed, bool alwaysValid)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/x-www-form-urlencoded";
        request.Form = new FormCollection(new()
        {
            ["issuedOn"] = "2026-11-01",
            ["expiresOn"] = typed,
            ["associationType"] = "manual",
            [alwaysValid ? "alwaysValid" : "other"] = "true",
        });
        var form = await PageForm.ReadAsync(request, TestContext.Current.CancellationToken);
        return (AwardEditTerms.Read(form, AwardSamples.New(AwardSamples.NewCode(), AwardSamples.NewUserId(), expiresOn)), form.Errors);
    }
}
