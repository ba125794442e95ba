package dev.irstd.training.network;

import dev.irstd.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AMFUNetTest {
    @ParameterizedTest
    @CsvSource({"1, 472809, 5.639, 5.019, 5.099", "3, 472969, 5.649, 5.030, 5.110"})
    void costsWhatTheSpecificationSays(int channels, long parameters, String macs, String once, String asPapersCount) {
        Costs.requireOf(AMFUNet.standard().withInputChannels(channels), parameters, macs, once, asPapersCount);
    }

    @Test
    void namesEveryTensorOfTheOfficialStateDict() {
        assertThat(Costs.tensors(AMFUNet.standard())).isEqualTo(315);
    }

    @Test
    void headsGiveTheOutputsOfTheScales() {
        assertThat(AMFUNet.standard().heads())
                .extracting(Conv2d::name)
                .containsExactly("outconv5", "outconv4", "outconv3", "outconv2", "outconv1");
    }

    @Test
    void halvesTheImageFourTimes() {
        assertThat(AMFUNet.standard().geometry()).isEqualTo(new Geometry.PadToMultiple(16));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 4})
    void refusesChannelsThatNoInfraredImageFeeds(int channels) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AMFUNet.standard().withInputChannels(channels))
                .withMessage("no AMFU with " + channels + " input channels (1 or 3)");
    }
}
