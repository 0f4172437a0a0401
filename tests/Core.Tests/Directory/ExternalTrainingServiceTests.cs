using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Core.Tests.Directory;

public sealed class ExternalTrainingServiceTests
{
    private static readonly LmsId Id = Sample.Id("EXT-9");

    private readonly ExternalTrainingService service = new(new FakeExternalTrainingStore(), TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_tells_what_was_and_what_is()
    {
        var created = await PutAsync("Rescue", null);
        var changed = await PutAsync("Rescue", "Red Cross");
        var same = await PutAsync("Rescue", "Red Cross");

        Assert.Equal((true, 1), (created.Created, created.Value.Version));
        Assert.Equal((null, "Red Cross", 2), (changed.Before!.Provider, changed.Value.Provider, changed.Value.Version));
        Assert.False(same.Changed);
    }

    [Fact]
    public async Task An_event_gives_a_title_to_one_that_has_none_and_keeps_the_provider()
    {
        Assert.Equal("EXT-9", (await service.EnsureAsync(Id, null, By.Hand, Cancellation)).Value.Title);
        Assert.Equal("Rescue", (await service.EnsureAsync(Id, "Rescue", By.Hand, Cancellation)).Value.Title);
        await PutAsync("Rescue", "Red Cross");

        var later = await service.EnsureAsync(Id, "Another", By.Hand, Cancellation);

        Assert.Equal((false, "Rescue", "Red Cross"), (later.Changed, later.Value.Title, later.Value.Provider));
    }

    [Fact]
    public async Task Saying_by_hand_what_an_event_made_known_without_a_title_is_no_change()
    {
        await service.EnsureAsync(Id, null, By.Hand, Cancellation);

        Assert.False((await PutAsync("EXT-9", null)).Changed);
        Assert.False((await service.EnsureAsync(Id, "Rescue", By.Hand, Cancellation)).Changed);
    }

    private async Task<Change<ExternalTraining>> PutAsync(string title, string? provider) => Assert.IsType<Outcome<Change<ExternalTraining>>.Done>(
        await service.PutAsync(Id, title, provider, Precondition.None, By.Hand, Cancellation)).Value;
}
