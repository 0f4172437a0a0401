using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Completions;

public sealed class ExternalCompletionServiceTests
{
    private static readonly LmsId Training = Sample.Id("EXT-9");
    private static readonly DateOnly Day = new(2026, 11, 20);

    private readonly FakeUserStore users = new();
    private readonly FakeAwardStore awards = new();
    private readonly FakeCertificationStore certifications = new();
    private readonly ExternalCompletionService service;

    public ExternalCompletionServiceTests()
    {
        var trainings = new FakeExternalTrainingStore();
        trainings.Add(Sample.Training("EXT-9", "Rescue"));
        users.Add(Sample.User("u-1"), Sample.User("u-2") with { Active = false });
        certifications.Add(Sample.Certification("FIRE-1") with { Activities = [new Activity(ActivityType.ExternalTraining, Training)] });
        service = new ExternalCompletionService(
            trainings,
            new CompletionService(users, new FakeCompletionStore(awards), certifications, awards, new UserFollower(users, awards)),
            users.FollowUps,
            new OrganisationClock(new FakeTimeProvider(Sample.Now), TimeZoneInfo.Utc));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Awards_once_and_says_so_the_second_time()
    {
        Assert.Equal(ChangeOutcome.Awarded, Assert.Single(await CompleteAsync("u-1")).Outcome);
        Assert.Equal("already_done", Assert.Single(await CompleteAsync("u-1")).Code);

        var award = (await awards.FindAsync(CertificationCode.Parse("FIRE-1"), Sample.Id("u-1"), Cancellation))!.Award;
        Assert.Equal((1, Day, "Rescue", "ada"), (award.Version, award.IssuedOn, award.Association.ActivityTitle, award.AwardedBy));
    }

    [Fact]
    public async Task Nothing_is_left_to_follow_up_whatever_came_of_it()
    {
        await CompleteAsync("u-1");
        await service.CompleteAsync(Training, Sample.Id("u-2"), Day, "ada", Cancellation);

        Assert.Empty(users.FollowUps.All);
    }

    [Theory]
    [InlineData("none", "u-1", "external_training_not_found")]
    [InlineData("EXT-9", "none", "user_not_found")]
    [InlineData("EXT-9", "u-2", "user_deactivated")]
    public async Task Says_what_is_wrong(string training, string user, string code)
    {
        var outcome = await service.CompleteAsync(Sample.Id(training), Sample.Id(user), Day, "ada", Cancellation);

        Assert.Equal(code, Assert.IsType<Outcome<IReadOnlyList<CompletionResult>>.Rejected>(outcome).Why.Code);
    }

    private async Task<IReadOnlyList<CompletionResult>> CompleteAsync(string user) => Assert.IsType<Outcome<IReadOnlyList<CompletionResult>>.Done>(
        await service.CompleteAsync(Training, Sample.Id(user), Day, "ada", Cancellation)).Value;
}
