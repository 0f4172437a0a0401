using System.Text;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Http.Callers;

public sealed class DoorkeeperTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private TestIssuer issuer = null!;
    private OpenIdIssuer keys = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        keys = new OpenIdIssuer(new Uri(issuer.Authority), time, NullLogger<OpenIdIssuer>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        keys.Dispose();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task Without_an_issuer_everyone_is_the_local_developer()
    {
        var doorkeeper = new Doorkeeper(new AuthSettings(null, "", "sub", PlatformSignsIn: false), tokens: null);

        Assert.Equal(
            new Caller("local-developer", CallerRole.Superadmin, LmsId.Parse("local-developer")),
            (await doorkeeper.IdentifyAsync(new HeaderDictionary(), Cancelled)).Caller);
    }

    [Theory]
    [InlineData("Superadmin", CallerRole.Superadmin)]
    [InlineData("Auditor", CallerRole.Auditor)]
    [InlineData("superadmin", CallerRole.Learner)]
    public async Task A_good_token_says_who_and_what(string role, CallerRole expected) =>
        Assert.Equal(new Caller("u-7", expected, LmsId.Parse("u-7")), (await IdentifyAsync(issuer.Token("u-7", [role]))).Caller);

    [Fact]
    public async Task Of_several_roles_the_one_that_may_most_counts() =>
        Assert.Equal(CallerRole.Superadmin, (await IdentifyAsync(issuer.Token("u-7", ["Auditor", "x", "Superadmin"]))).Caller!.Role);

    [Fact]
    public async Task Another_claim_may_hold_the_id_of_the_user()
    {
        var token = issuer.Token("subject", change: token => token.Claims["employee"] = "u-9");

        Assert.Equal(new Caller("subject", CallerRole.Learner, LmsId.Parse("u-9")), (await IdentifyAsync(token, userIdClaim: "employee")).Caller);
        Assert.Null((await IdentifyAsync(token, userIdClaim: "missing")).Caller!.UserId);
    }

    [Fact]
    public async Task A_token_just_within_the_skew_is_good()
    {
        var almost = BearerTokens.Skew - TimeSpan.FromSeconds(10);

        Assert.NotNull((await IdentifyAsync(issuer.Token("a", change: token => token.Expires = DateTime.UtcNow - almost))).Caller);
        Assert.NotNull((await IdentifyAsync(issuer.Token("a", change: token => token.NotBefore = DateTime.UtcNow + almost))).Caller);
    }

    [Fact]
    public async Task No_bad_token_is_taken()
    {
        foreach (var (kind, token) in issuer.BadTokens())
        {
            var identified = await IdentifyAsync(token);
            Assert.True(identified.Caller is null && identified.Refusal!.Status == 401, kind);
        }
    }

    [Fact]
    public async Task The_issuer_is_asked_once_and_again_for_a_new_key()
    {
        Assert.NotNull((await IdentifyAsync(issuer.Token("a"))).Caller);
        Assert.NotNull((await IdentifyAsync(issuer.Token("b"))).Caller);
        Assert.Equal(1, issuer.Fetches);

        issuer.RotateKey();
        time.Advance(OpenIdIssuer.BetweenFetches);

        Assert.NotNull((await IdentifyAsync(issuer.Token("a"))).Caller);
        Assert.Equal(2, issuer.Fetches);
    }

    [Fact]
    public async Task Old_keys_are_fetched_again()
    {
        await IdentifyAsync(issuer.Token("a"));
        time.Advance(OpenIdIssuer.FreshFor - TimeSpan.FromSeconds(1));
        await IdentifyAsync(issuer.Token("a"));
        Assert.Equal(1, issuer.Fetches);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull((await IdentifyAsync(issuer.Token("a"))).Caller);
        Assert.Equal(2, issuer.Fetches);
    }

    [Fact]
    public async Task A_subject_may_be_as_long_as_it_may()
    {
        Assert.NotNull((await IdentifyAsync(issuer.Token(new string('a', Limits.SubjectLength)))).Caller);
        Assert.Null((await IdentifyAsync(issuer.Token(new string('a', Limits.SubjectLength + 1)))).Caller);
    }

    /// <summary>Base64 grows by one or two characters at a time, so that of two tokens in a row one fits and the next one does not.</summary>
    [Fact]
    public async Task A_token_may_be_as_long_as_it_may()
    {
        var tokens = Enumerable.Range(Limits.TokenBytes * 7 / 10, Limits.TokenBytes / 10)
            .Select(pad => issuer.Token("a", change: token => token.Claims["pad"] = new string('a', pad)))
            .TakeWhile(token => token.Length <= Limits.TokenBytes + 2)
            .ToList();

        Assert.NotNull((await IdentifyAsync(tokens.Last(token => token.Length <= Limits.TokenBytes))).Caller);
        Assert.Null((await IdentifyAsync(tokens.First(token => token.Length > Limits.TokenBytes))).Caller);
    }

    [Fact]
    public async Task Made_up_keys_make_it_ask_once_in_a_while_at_most()
    {
        await IdentifyAsync(issuer.Token("a"));
        time.Advance(OpenIdIssuer.BetweenFetches - TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => IdentifyAsync(issuer.BadTokens()["unknown key"])));
        Assert.Equal(1, issuer.Fetches);

        time.Advance(TimeSpan.FromSeconds(1));
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => IdentifyAsync(issuer.BadTokens()["unknown key"])));

        Assert.Equal(2, issuer.Fetches);
        Assert.All(answers, answer => Assert.Equal(401, answer.Refusal!.Status));
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_reached_is_no_fault_of_the_caller()
    {
        issuer.IsUp = false;
        Assert.Equal(503, (await IdentifyAsync(issuer.Token("a"))).Refusal!.Status);
        Assert.Equal(503, (await IdentifyAsync(issuer.Token("a"))).Refusal!.Status);
        Assert.Equal(1, issuer.Fetches);

        issuer.IsUp = true;
        time.Advance(OpenIdIssuer.BetweenFirstFetches);

        Assert.NotNull((await IdentifyAsync(issuer.Token("a"))).Caller);
    }

    [Fact]
    public async Task A_key_that_is_known_outlives_an_issuer_that_cannot_be_reached_for_a_day()
    {
        await IdentifyAsync(issuer.Token("a"));
        issuer.IsUp = false;
        time.Advance(OpenIdIssuer.TrustedFor - TimeSpan.FromSeconds(1));
        Assert.NotNull((await IdentifyAsync(issuer.Token("a"))).Caller);
        Assert.Equal(503, (await IdentifyAsync(issuer.BadTokens()["unknown key"])).Refusal!.Status);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(503, (await IdentifyAsync(issuer.Token("a"))).Refusal!.Status);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task The_platforms_header_counts_only_where_the_platform_sets_it(bool platformSignsIn, bool isKnown)
    {
        var headers = new HeaderDictionary { [PlatformSignIn.Header] = Principal("""{"claims":[{"typ":"sub","val":"u-1"},{"typ":"roles","val":"Superadmin"}]}""") };

        var identified = await Keeper("sub", platformSignsIn).IdentifyAsync(headers, Cancelled);

        Assert.Equal(isKnown ? new Caller("u-1", CallerRole.Superadmin, LmsId.Parse("u-1")) : null, identified.Caller);
        Assert.Equal(isKnown, identified.ByCookie);
    }

    [Fact]
    public async Task The_platforms_name_for_the_subject_is_known() => Assert.Equal("u-1", (await ByPlatformAsync(Principal(
        """{"claims":[{"typ":"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier","val":"u-1"}]}"""))).Caller!.Name);

    [Theory]
    [InlineData("not base64!")]
    [InlineData("")]
    [InlineData("bm8ganNvbg==")]
    [InlineData("bnVsbA==")]
    [InlineData("eyJjbGFpbXMiOltudWxsXX0=")]
    [InlineData("eyJjbGFpbXMiOlt7InR5cCI6InJvbGVzIiwidmFsIjoiU3VwZXJhZG1pbiJ9XX0=")]
    public async Task A_header_of_the_platform_that_names_nobody_is_401(string header) =>
        Assert.Equal(401, (await ByPlatformAsync(header)).Refusal!.Status);

    [Fact]
    public async Task A_bad_token_is_not_made_good_by_the_platforms_header()
    {
        var headers = new HeaderDictionary
        {
            [PlatformSignIn.Header] = Principal("""{"claims":[{"typ":"sub","val":"u-1"}]}"""),
            ["Authorization"] = $"Bearer {issuer.BadTokens()["expired"]}",
        };

        Assert.Equal(401, (await Keeper("sub", platformSignsIn: true).IdentifyAsync(headers, Cancelled)).Refusal!.Status);
    }

    private static string Principal(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    private Task<Identification> ByPlatformAsync(string header) =>
        Keeper("sub", platformSignsIn: true).IdentifyAsync(new HeaderDictionary { [PlatformSignIn.Header] = header }, Cancelled);

    private Task<Identification> IdentifyAsync(string token, string userIdClaim = "sub") =>
        Keeper(userIdClaim, platformSignsIn: false).IdentifyAsync(new HeaderDictionary { ["Authorization"] = $"Bearer {token}" }, Cancelled);

    private Doorkeeper Keeper(string userIdClaim, bool platformSignsIn)
    {
        var settings = new AuthSettings(new Uri(issuer.Authority), TestIssuer.Audience, userIdClaim, platformSignsIn);
        return new Doorkeeper(settings, new BearerTokens(keys, settings));
    }
}
