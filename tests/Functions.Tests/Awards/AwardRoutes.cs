using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Awards;

/// <summary>The routes of awards on stores in memory: certification FIRE-1 with a window of 90 days, external training EXT-9, user u-1.</summary>
internal sealed class AwardRoutes
{
    private readonly FakeTimeProvider time = new(AwardSamples.Now);
    private readonly FakeUserStore users = new();
    private readonly FakeExternalTrainingStore trainings = new();
    private readonly FakeCertificationStore certifications = new();
    private readonly AwardService one;
    private readonly AwardListService lists;
    private readonly AllAwardsService all;
    private readonly NonHolderService nonHolders;
    private readonly ForecastService forecasts;
    private readonly Lists pages = new(new FakeCursorKeyStore());
    private readonly OrganisationClock clock;

    public AwardRoutes()
    {
        clock = new OrganisationClock(time, TimeZoneInfo.Utc);
        var catalog = new CertificationCatalog(certifications, time);
        one = new AwardService(Awards, Awards, catalog, certifications, new AssociationRules(trainings), clock);
        lists = new AwardListService(Awards, Awards, catalog, new MemberSourceRules(Groups, Branches), Members, users, clock);
        all = new AllAwardsService(Awards, catalog, clock);
        nonHolders = new NonHolderService(Awards, catalog, new MemberSourceRules(Groups, Branches), Members, users);
        forecasts = new ForecastService(Awards, catalog, clock);
    }

    public static CertificationCode Fire { get; } = CertificationCode.Parse("FIRE-1");

    public FakeAwardStore Awards { get; } = new();

    public FakeMemberStore Members { get; } = new();

    public FakeGroupStore Groups { get; } = new();

    public FakeBranchStore Branches { get; } = new();

    public static async Task<AwardRoutes> CreateAsync(Validity? validity = null)
    {
        var routes = new AwardRoutes();
        await routes.CertifyAsync(Fire, validity);
        await routes.trainings.TryWriteAsync(
            new ExternalTraining { Id = LmsId.Parse("EXT-9"), Title = "Rescue", CreatedAt = AwardSamples.Now, UpdatedAt = AwardSamples.Now, Version = 1 },
            null, null,
            CancellationToken.None);
        routes.users.Add(new User
        {
            Id = LmsId.Parse("u-1"),
            Username = "ada",
            FirstName = "Ada",
            LastName = "Lovelace",
            CreatedAt = AwardSamples.Now,
            UpdatedAt = AwardSamples.Now,
            Version = 1,
        });
        return routes;
    }

    public Task CertifyAsync(CertificationCode code, Validity? validity = null) => certifications.TryAddAsync(
        new Certification
        {
            Code = code,
            Title = "Fire warden",
            RenewalWindowDays = 90,
            Validity = validity,
            CreatedAt = AwardSamples.Now,
            UpdatedAt = AwardSamples.Now,
            Version = 1,
        }, null,
        CancellationToken.None);

    public async Task AwardAsync(string userId, DateOnly? expiresOn = null, string username = "ada", CertificationCode? code = null, bool active = true) => Assert.True(
        await Awards.TryWriteAsync(
            AwardSamples.WriteOf(AwardSamples.New(code ?? Fire, LmsId.Parse(userId), expiresOn), new ShownUser(username, "Ada", "Lovelace", active)),
            CancellationToken.None));

    public Task<TestAnswer> ListAsync(string query = "", string? accept = null) => AnswerAsync(
        $"/api/certifications/fire-1/awards{query}", accept, request => new ListAwards(lists, pages, clock).Run(request, "fire-1", TestContext.Current.CancellationToken));

    private static async Task<TestAnswer> AnswerAsync(string path, string? accept, Func<HttpRequest, Task<IResult>> run)
    {
        var request = TestRequest.Get(path);
        var answer = await AnswerAsync(run(accept is null ? request : request.With("Accept", accept)));
        answer.Headers.Vary = request.HttpContext.Response.Headers.Vary;
        return answer;
    }

    public Task<TestAnswer> ListAllAsync(string query = "", string? accept = null) => AnswerAsync(
        $"/api/awards{query}", accept, request => new ListAllAwards(all, pages, clock).Run(request, TestContext.Current.CancellationToken));

    public Task<TestAnswer> ListNonHoldersAsync(string query = "") => AnswerAsync(new ListNonHolders(nonHolders, pages).Run(
        TestRequest.Get($"/api/certifications/fire-1/missing{query}"), "fire-1", TestContext.Current.CancellationToken));

    public Task<TestAnswer> ForecastAsync(string query = "", string code = "fire-1") => AnswerAsync(new GetCertificationForecast(forecasts).Run(
        TestRequest.Get($"/api/certifications/{code}/forecast{query}"), code, TestContext.Current.CancellationToken));

    public Task<TestAnswer> ForecastAllAsync(string query = "") => AnswerAsync(new GetForecast(forecasts).Run(
        TestRequest.Get($"/api/forecast{query}"), TestContext.Current.CancellationToken));

    public Task<TestAnswer> ListOfUserAsync(string userId, string query = "", string? accept = null) => AnswerAsync(
        $"/api/users/{userId}/awards{query}", accept, request => new ListUserAwards(lists, pages, clock).Run(request, userId, TestContext.Current.CancellationToken));

    public Task<TestAnswer> ListMineAsync(string caller) => AnswerAsync(new ListMyAwards(lists, pages, clock).Run(
        TestRequest.Get("/api/me/awards").From(new Caller(caller, CallerRole.Learner, LmsId.TryParse(caller, out var userId) ? userId : null)), TestContext.Current.CancellationToken));

    public Task<TestAnswer> GetAsync(string userId, string code = "fire-1") => AnswerAsync(new GetAward(one, clock).Run(
        TestRequest.Get($"/api/certifications/{code}/awards/{userId}"), code, userId, TestContext.Current.CancellationToken));

    public Task<TestAnswer> EditAsync(string json, string? ifMatch = null) => AnswerAsync(new EditAward(one, clock).Run(
        If(TestRequest.Patch("/api/certifications/fire-1/awards/u-1", json), ifMatch), "fire-1", "u-1", TestContext.Current.CancellationToken));

    public Task<TestAnswer> UnassignAsync(string query = "", string? ifMatch = null) => AnswerAsync(new UnassignAward(one).Run(
        If(TestRequest.Delete($"/api/certifications/fire-1/awards/u-1{query}"), ifMatch), "fire-1", "u-1", TestContext.Current.CancellationToken));

    public Task<TestAnswer> HistoryAsync(string query = "") => AnswerAsync(new GetAwardHistory(one, pages).Run(
        TestRequest.Get($"/api/certifications/fire-1/awards/u-1/history{query}"), "fire-1", "u-1", TestContext.Current.CancellationToken));

    private static HttpRequest If(HttpRequest request, string? match) => match is null ? request : request.With("If-Match", match);

    private static async Task<TestAnswer> AnswerAsync(Task<IResult> running) => await TestAnswer.Of(await running);
}
