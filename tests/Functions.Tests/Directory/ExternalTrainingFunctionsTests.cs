using System.Text.Json;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Directory;

public sealed class ExternalTrainingFunctionsTests
{
    private readonly ExternalTrainingService service = new(new FakeExternalTrainingStore(), TimeProvider.System);
    private readonly Lists lists = new(new FakeCursorKeyStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_training_is_put_read_and_listed()
    {
        var created = await PutAsync("t-1", """{"title":"First aid","provider":"Red Cross"}""");
        var changed = await PutAsync("t-1", """{"title":"First aid"}""");
        Assert.Equal((201, "\"1\""), (created.Status, created.Headers.ETag.ToString()));
        Assert.Equal((200, "\"2\""), (changed.Status, changed.Headers.ETag.ToString()));

        var read = await GetAsync("t-1");
        Assert.Equal(("t-1", "First aid"), (read.Json.GetProperty("id").GetString(), read.Json.GetProperty("title").GetString()));
        Assert.Equal(JsonValueKind.Null, read.Json.GetProperty("provider").ValueKind);
        var list = await TestAnswer.Of(await new ListExternalTrainings(service, lists).Run(TestRequest.Get("/api/external-trainings"), Cancellation));
        Assert.Equal("t-1", Assert.Single(list.Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_same_again_is_no_new_version()
    {
        await PutAsync("t-1", """{"title":"First aid"}""");

        Assert.Equal("\"1\"", (await PutAsync("t-1", """{"title":"First aid","provider":null,"id":"ignored"}""")).Headers.ETag);
    }

    [Fact]
    public async Task An_unknown_training_is_404_and_a_bad_id_400()
    {
        Assert.Equal((404, "external_training_not_found"), ((await GetAsync("none")).Status, (await GetAsync("none")).Code));
        Assert.Equal((400, "invalid_request"), ((await GetAsync("a/b")).Status, (await GetAsync("a/b")).Code));
    }

    [Theory]
    [InlineData("""{"provider":"Red Cross"}""", "title")]
    [InlineData("""{"title":""}""", "title")]
    [InlineData("""{"title":"First aid","provider":""}""", "provider")]
    [InlineData("""{"title":"First aid","hours":8}""", "hours")]
    public async Task A_bad_body_is_400_and_names_the_member(string body, string member)
    {
        var answer = await PutAsync("t-1", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal([member], answer.ErrorPaths);
    }

    private async Task<TestAnswer> PutAsync(string id, string body) =>
        await TestAnswer.Of(await new PutExternalTraining(service).Run(TestRequest.Put("/api/external-trainings/x", body), id, Cancellation));

    private async Task<TestAnswer> GetAsync(string id) =>
        await TestAnswer.Of(await new GetExternalTraining(service).Run(TestRequest.Get("/api/external-trainings/x"), id, Cancellation));
}
