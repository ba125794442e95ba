package dev.irstd.benchmarks.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FatBinariesTest {
    private static final int PTX = 1;
    private static final int MACHINE_CODE = 2;

    @TempDir
    Path folder;

    private Path library;

    @BeforeEach
    void nameLibrary() {
        library = folder.resolve("libkernels.so");
    }

    @Test
    void zeroesTheCodeOfOtherArchitecturesAndNothingElse() throws IOException {
        byte[] before = bytes(8);
        byte[] kept = entry(MACHINE_CODE, 90, 64, 'b', 40);
        byte[] other = entry(MACHINE_CODE, 75, 64, 'a', 24);
        byte[] newer = entry(MACHINE_CODE, 100, 112, 'c', 16);
        write(before, binary(other, kept, newer), bytes(16));

        FatBinaries.Result result = FatBinaries.keepOnly(library, ComputeCapability.of("9.0"));

        assertThat(result).isEqualTo(new FatBinaries.Result(1, 0, 40, 24 + 16));
        assertThat(library)
                .hasBinaryContent(joined(before, binary(emptied(other, 64), kept, emptied(newer, 112)), bytes(16)));
    }

    @Test
    void keepsMachineCodeOfALowerMinorNumber() throws IOException {
        write(binary(entry(MACHINE_CODE, 80, 64, 'a', 24), entry(MACHINE_CODE, 90, 64, 'b', 8)));

        assertThat(FatBinaries.keepOnly(library, ComputeCapability.of("8.9")).kept())
                .isEqualTo(24);
    }

    @Test
    void keepsEveryEntryOfTheArchitecture() throws IOException {
        write(binary(entry(MACHINE_CODE, 90, 64, 'a', 24), entry(MACHINE_CODE, 90, 64, 'b', 8)));

        assertThat(FatBinaries.keepOnly(library, ComputeCapability.of("9.0")).kept())
                .isEqualTo(32);
    }

    @Test
    void keepsPtxOnlyWhereThereIsNoMachineCode() throws IOException {
        write(
                binary(entry(PTX, 80, 64, 'p', 8), entry(MACHINE_CODE, 90, 64, 'm', 16)),
                binary(entry(PTX, 80, 64, 'p', 32), entry(PTX, 100, 64, 'p', 64)));

        assertThat(FatBinaries.keepOnly(library, ComputeCapability.of("9.0")))
                .isEqualTo(new FatBinaries.Result(2, 0, 16 + 32, 8 + 64));
    }

    @Test
    void countsBinariesThatHoldNothingForTheGpu() throws IOException {
        write(binary(entry(MACHINE_CODE, 90, 64, 'a', 8)), binary(entry(MACHINE_CODE, 100, 64, 'b', 8)));

        assertThat(FatBinaries.keepOnly(library, ComputeCapability.of("9.0")).without())
                .isEqualTo(1);
    }

    @Test
    void refusesALibraryWithoutCodeForTheGpu() throws IOException {
        write(binary(entry(MACHINE_CODE, 75, 64, 'a', 8), entry(MACHINE_CODE, 120, 64, 'b', 8)));

        assertThatThrownBy(() -> FatBinaries.keepOnly(library, ComputeCapability.of("6.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("libkernels.so has no code for compute capability 6.1; it has [7.5, 12.0]");
    }

    @Test
    void leavesALibraryWithoutGpuCodeAlone() throws IOException {
        byte[] plain = bytes(100);
        write(plain);

        assertThat(FatBinaries.keepOnly(library, ComputeCapability.of("9.0")))
                .isEqualTo(new FatBinaries.Result(0, 0, 0, 0));
        assertThat(library).hasBinaryContent(plain);
    }

    @Test
    void passesOverAMagicNumberThatIsThereByChance() throws IOException {
        byte[] tooLong = binary(entry(MACHINE_CODE, 75, 64, 'a', 8));
        little(tooLong).putLong(8, Long.MAX_VALUE);
        byte[] otherHeader = Arrays.copyOf(tooLong, 16);
        little(otherHeader).putShort(6, (short) 17).putLong(8, 0);
        write(tooLong, otherHeader, binary(entry(MACHINE_CODE, 90, 64, 'b', 8)));

        FatBinaries.Result result = FatBinaries.keepOnly(library, ComputeCapability.of("9.0"));

        assertThat(result).isEqualTo(new FatBinaries.Result(1, 0, 8, 0));
        assertThat(library).hasBinaryContent(joined(tooLong, otherHeader, binary(entry(MACHINE_CODE, 90, 64, 'b', 8))));
    }

    @Test
    void stopsAtAnEntryOfAnUnknownKind() throws IOException {
        byte[] unknown = entry(7, 75, 64, 'x', 8);
        write(binary(entry(MACHINE_CODE, 90, 64, 'a', 8), unknown, entry(MACHINE_CODE, 75, 64, 'b', 8)));

        assertThat(FatBinaries.keepOnly(library, ComputeCapability.of("9.0")).zeroed())
                .isZero();
    }

    private void write(byte[]... parts) throws IOException {
        Files.write(library, joined(parts));
    }

    private static byte[] binary(byte[]... entries) {
        byte[] body = joined(entries);
        ByteBuffer header = little(new byte[16])
                .putInt(0xba55ed50)
                .putShort((short) 1)
                .putShort((short) 16)
                .putLong(body.length);
        return joined(header.array(), body);
    }

    private static byte[] entry(int kind, int architecture, int header, char code, int size) {
        byte[] entry = new byte[header + size];
        Arrays.fill(entry, header, entry.length, (byte) code);
        little(entry)
                .putShort((short) kind)
                .putShort((short) 0x101)
                .putInt(header)
                .putLong(size)
                .putInt(28, architecture);
        return entry;
    }

    private static byte[] emptied(byte[] entry, int header) {
        return Arrays.copyOf(Arrays.copyOf(entry, header), entry.length);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 0x5a);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
