namespace CertFunctions.Functions.Tests.Faults;

public sealed class SameKeyTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public async Task One_key_32_times_at_once_makes_one_job(int users)
    {
        await using var scene = await RequestScene.SetAsync(users);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => scene.PostAsync(scene.World.StartWorker(), "order-1")));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.All(answers, answer => Assert.True(
            answer.Status is 200 or 202 || (answer.Status, answer.Code) is (409, "idempotency_key_in_progress"), answer.Body));
        Assert.Single(await scene.World.JobsAsync());
        Assert.Single(answers.Where(answer => answer.Status is 200 or 202).Select(answer => answer.Json.GetProperty("id").GetString()).Distinct());
        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task A_key_with_another_body_is_refused_and_changes_nothing()
    {
        await using var scene = await RequestScene.SetAsync(100);
        await scene.PostAsync(scene.World.StartWorker(), "order-1");

        var answer = await scene.World.StartWorker().PostAsync(scene.Code, AwardRequests.Group(scene.Group, expiresOn: "2031-01-01"), "order-1");

        Assert.Equal((422, "idempotency_key_reused"), (answer.Status, answer.Code));
        Assert.Empty(await scene.FindDifferencesAsync());
    }
}
